// Written by `cargo xtask schema`; not to be edited.

/** What every verb fails with: a stable `code`, a sentence, and where it happened. */
export class TwinError extends Error {
  constructor(code, message, context) {
    super(message);
    this.code = code;
    this.context = context ?? undefined;
  }
}
Object.defineProperty(TwinError.prototype, "name", { value: "TwinError" });

/** `consent_required`: a grant for this purpose and actor is missing, expired or revoked. */
export class ConsentRequiredError extends TwinError {
  constructor(message, context) {
    super("consent_required", message, context);
  }
}
Object.defineProperty(ConsentRequiredError.prototype, "name", { value: "ConsentRequiredError" });

/** `invalid_value`: a value is outside what is possible, or of the wrong unit. */
export class InvalidValueError extends TwinError {
  constructor(message, context) {
    super("invalid_value", message, context);
  }
}
Object.defineProperty(InvalidValueError.prototype, "name", { value: "InvalidValueError" });

/** `malformed`: bytes are not of the format they claim to be. */
export class MalformedError extends TwinError {
  constructor(message, context) {
    super("malformed", message, context);
  }
}
Object.defineProperty(MalformedError.prototype, "name", { value: "MalformedError" });

/** `not_found`: what was asked for does not exist. */
export class NotFoundError extends TwinError {
  constructor(message, context) {
    super("not_found", message, context);
  }
}
Object.defineProperty(NotFoundError.prototype, "name", { value: "NotFoundError" });

/** `conflict`: two writers, or two facts that exclude each other. */
export class ConflictError extends TwinError {
  constructor(message, context) {
    super("conflict", message, context);
  }
}
Object.defineProperty(ConflictError.prototype, "name", { value: "ConflictError" });

/** `unsupported`: a format, version or option that this build does not know. */
export class UnsupportedError extends TwinError {
  constructor(message, context) {
    super("unsupported", message, context);
  }
}
Object.defineProperty(UnsupportedError.prototype, "name", { value: "UnsupportedError" });

/** `storage`: the store or the disk refused. */
export class StorageError extends TwinError {
  constructor(message, context) {
    super("storage", message, context);
  }
}
Object.defineProperty(StorageError.prototype, "name", { value: "StorageError" });

/** `corrupt`: stored bytes do not match their hash. */
export class CorruptError extends TwinError {
  constructor(message, context) {
    super("corrupt", message, context);
  }
}
Object.defineProperty(CorruptError.prototype, "name", { value: "CorruptError" });

/** `crypto`: a key or cipher failed. */
export class CryptoError extends TwinError {
  constructor(message, context) {
    super("crypto", message, context);
  }
}
Object.defineProperty(CryptoError.prototype, "name", { value: "CryptoError" });

/** `rate_limited`: too many requests. */
export class RateLimitedError extends TwinError {
  constructor(message, context) {
    super("rate_limited", message, context);
  }
}
Object.defineProperty(RateLimitedError.prototype, "name", { value: "RateLimitedError" });

/** `model_unavailable`: a model cannot be loaded or run here. */
export class ModelUnavailableError extends TwinError {
  constructor(message, context) {
    super("model_unavailable", message, context);
  }
}
Object.defineProperty(ModelUnavailableError.prototype, "name", { value: "ModelUnavailableError" });

/** `cancelled`: the caller stopped the work. */
export class CancelledError extends TwinError {
  constructor(message, context) {
    super("cancelled", message, context);
  }
}
Object.defineProperty(CancelledError.prototype, "name", { value: "CancelledError" });

/** `internal`: a bug in humantwin. */
export class InternalError extends TwinError {
  constructor(message, context) {
    super("internal", message, context);
  }
}
Object.defineProperty(InternalError.prototype, "name", { value: "InternalError" });

/** The class of each code. */
export const ERRORS = Object.freeze({
  consent_required: ConsentRequiredError,
  invalid_value: InvalidValueError,
  malformed: MalformedError,
  not_found: NotFoundError,
  conflict: ConflictError,
  unsupported: UnsupportedError,
  storage: StorageError,
  corrupt: CorruptError,
  crypto: CryptoError,
  rate_limited: RateLimitedError,
  model_unavailable: ModelUnavailableError,
  cancelled: CancelledError,
  internal: InternalError,
});

/** Methods of a twin, and the verb each calls. */
export const VERBS = Object.freeze({
  record: "record",
  correct: "correct",
  delete: "delete",
  import: "import",
  receive: "receive",
  syncCalendar: "sync_calendar",
  merge: "merge",
  state: "state",
  days: "days",
  history: "history",
  windows: "windows",
  readyWindows: "ready_windows",
  why: "why",
  predict: "predict",
  simulate: "simulate",
  plan: "plan",
  models: "models",
  report: "report",
  export: "export",
  pack: "pack",
  verify: "verify",
  maintain: "maintain",
  grant: "grant",
  revoke: "revoke",
  imports: "imports",
  refused: "refused",
  drill: "drill",
});

/** The verbs as methods; the class that extends it says how a verb is asked. */
export class TwinVerbs {
  record(request) {
    return this._ask("record", "json", request);
  }
  correct(request) {
    return this._ask("correct", "json", request);
  }
  delete(request) {
    return this._ask("delete", "json", request);
  }
  import(request, bytes) {
    return this._ask("import", "json", request, bytes);
  }
  receive(request, bytes) {
    return this._ask("receive", "json", request, bytes);
  }
  syncCalendar(request) {
    return this._ask("sync_calendar", "json", request);
  }
  merge(request, bytes) {
    return this._ask("merge", "json", request, bytes);
  }
  state(request) {
    return this._ask("state", "json", request);
  }
  days(request) {
    return this._ask("days", "json", request);
  }
  history(request) {
    return this._ask("history", "json", request);
  }
  windows(request) {
    return this._ask("windows", "json", request);
  }
  readyWindows(request) {
    return this._ask("ready_windows", "json", request);
  }
  why(request) {
    return this._ask("why", "json", request);
  }
  predict(request) {
    return this._ask("predict", "json", request);
  }
  simulate(request) {
    return this._ask("simulate", "json", request);
  }
  plan(request) {
    return this._ask("plan", "json", request);
  }
  models(request) {
    return this._ask("models", "json", request);
  }
  report(request) {
    return this._ask("report", "plain", request);
  }
  export(request) {
    return this._ask("export", "plain", request);
  }
  pack(request) {
    return this._ask("pack", "plain", request);
  }
  verify(request) {
    return this._ask("verify", "json", request);
  }
  maintain(request) {
    return this._ask("maintain", "json", request);
  }
  grant(request) {
    return this._ask("grant", "json", request);
  }
  revoke(request) {
    return this._ask("revoke", "json", request);
  }
  imports(request) {
    return this._ask("imports", "json", request);
  }
  refused(request) {
    return this._ask("refused", "json", request);
  }
  drill(request) {
    return this._ask("drill", "json", request);
  }
}
