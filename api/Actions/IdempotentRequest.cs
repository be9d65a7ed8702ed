using System.Security.Cryptography;
using System.Text;
using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>A request with an <c>Idempotency-Key</c>: if it is sent again, it is still done only once.</summary>
internal static class IdempotentRequest
{
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyLength = 255;

    /// <summary>Lets the body be read twice: once by the endpoint, once for the fingerprint.</summary>
    public static Task BufferBodyAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Headers.ContainsKey(Header))
            http.Request.EnableBuffering();
        return next(http);
    }

    /// <summary>
    /// Reads the key; returns false if there are several, if its length is out of range, or if it has control
    /// characters.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="key">The key; null if the request has none.</param>
    public static bool TryReadKey(HttpContext http, out string? key)
    {
        var values = http.Request.Headers[Header];
        key = values.Count == 0 ? null : values[0];
        return values.Count == 0
            || (values.Count == 1 && key is { Length: > 0 and <= MaxKeyLength } && !key.Any(char.IsControl));
    }

    /// <summary>Returns what the store keeps of the request: hashes only, nothing that could be sent again.</summary>
    public static async Task<ActionKey> IdentifyAsync(HttpContext http, string principal, string key)
    {
        var request = http.Request;
        using var fingerprint = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        fingerprint.AppendData(
            Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        request.Body.Position = 0;
        var block = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(block, http.RequestAborted)) > 0)
            fingerprint.AppendData(block, 0, read);
        return new(principal, SHA256.HashData(Encoding.UTF8.GetBytes(key)), fingerprint.GetHashAndReset());
    }
}
