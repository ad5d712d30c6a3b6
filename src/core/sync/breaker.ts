import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleResultType } from 'cockatiel';
