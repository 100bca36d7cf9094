// Written by `cargo xtask schema`; not to be edited.
import humantwin from "./index.cjs";

export const {
  Engine,
  Twin,
  TwinError,
  ERRORS,
  VERBS,
  fromMicros,
  toMicros,
  ConsentRequiredError,
  InvalidValueError,
  MalformedError,
  NotFoundError,
  ConflictError,
  UnsupportedError,
  StorageError,
  CorruptError,
  CryptoError,
  RateLimitedError,
  ModelUnavailableError,
  CancelledError,
  InternalError,
} = humantwin;
