// Lets better-sqlite3 13, written for Node-API 10, run on Node-API 9 (Electron 33, Node 20).
//
// The one thing of version 10 that it needs are references to plain values: before, only objects, functions and symbols
// could be referenced. Here any other value is kept in a box, and the box is referenced. (Declaring the module
// "experimental" would allow such references too, but then finalizers run inside the garbage collector, where a
// JavaScript error still on its way ends the process.)
//
// The compiler includes this file first. References are used on the thread of their own environment only.

#pragma once

#include <js_native_api.h>

#include <unordered_set>

namespace boxed {

inline std::unordered_set<napi_ref>& References() {
  static thread_local std::unordered_set<napi_ref> references;
  return references;
}

inline napi_status Create(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_symbol) {
    return napi_create_reference(env, value, count, result);
  }
  napi_value box;
  status = napi_create_object(env, &box);
  if (status == napi_ok) status = napi_set_named_property(env, box, "value", value);
  if (status == napi_ok) status = napi_create_reference(env, box, count, result);
  if (status == napi_ok) References().insert(*result);
  return status;
}

inline napi_status Get(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr || References().count(reference) == 0) return status;
  return napi_get_named_property(env, *result, "value", result);
}

inline napi_status Delete(node_api_basic_env env, napi_ref reference) {
  References().erase(reference);
  return napi_delete_reference(env, reference);
}

}  // namespace boxed

#define napi_create_reference boxed::Create
#define napi_get_reference_value boxed::Get
#define napi_delete_reference boxed::Delete
