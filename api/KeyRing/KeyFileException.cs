namespace Sluice.Api.KeyRing;

/// <summary>The file with the encryption keys can't be used; the message says why and what to do.</summary>
public sealed class KeyFileException(string message, Exception? inner = null) : Exception(message, inner);
