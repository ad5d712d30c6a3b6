/** A quiet drawing of a service hall beside the welcome; decoration only. */
export function HallPicture() {
  return (
    <svg className="hall-picture" viewBox="0 0 420 260" aria-hidden="true" fill="none">
      <circle className="hall-sun" cx="330" cy="70" r="34" />
      <path className="hall-hill" d="M0 226c60-62 128-70 196-34 60 32 132 18 224-46v114H0z" />
      <g className="hall-house">
        <path d="M70 112 210 44l140 68v14H70z" />
        <path d="M84 126h252v104H84z" />
      </g>
      <g className="hall-columns">
        <path d="M104 136h22v84h-22zM154 136h22v84h-22zM244 136h22v84h-22zM294 136h22v84h-22z" />
      </g>
      <path className="hall-door" d="M192 230v-66a18 18 0 0 1 36 0v66z" />
      <circle className="hall-mark" cx="210" cy="92" r="14" />
      <path className="hall-steps" d="M62 230h296v12H62zM46 242h328v14H46z" />
    </svg>
  );
}
