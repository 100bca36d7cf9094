/**
 * Loads the WebAssembly module, once. Without an argument the file beside the package is fetched.
 *
 * @param source - where it is, or its bytes
 */
export declare function init(source?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;
export * from "./twin.js";
export * from "./generated.js";
