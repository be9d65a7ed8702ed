using System.Collections.Immutable;

namespace Sluice.Metering.Keys;

/// <summary>
/// A new key: its text, to be shown once, and its hash, to be stored. Not a record, because printing a record would put
/// the secret into a log.
/// </summary>
public sealed class GeneratedApiKey
{
    internal GeneratedApiKey(ApiKeyParts parts, string text, ImmutableArray<byte> hash)
    {
        Parts = parts;
        Text = text;
        Hash = hash;
    }

    /// <summary>The key's kind and number.</summary>
    public ApiKeyParts Parts { get; }

    /// <summary>The whole key, secret included.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text, <see cref="ApiKeyFormat.HashLength"/> bytes.</summary>
    public ImmutableArray<byte> Hash { get; }

    /// <summary>Returns the part that may be shown: kind and id.</summary>
    public override string ToString() => ApiKeyFormat.Redacted(Parts);
}
