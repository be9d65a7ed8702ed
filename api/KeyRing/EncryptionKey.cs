using System.Security.Cryptography;

namespace Sluice.Api.KeyRing;

/// <summary>
/// A key from outside of the database, which encrypts the keys that are in it. AES-256-GCM with a random nonce for each
/// text: there are few texts, a key ring's, so no nonce repeats.
/// </summary>
internal sealed class EncryptionKey
{
    /// <summary>The length of a key, in bytes.</summary>
    public const int LengthBytes = 32;

    private const int NonceBytes = 12, TagBytes = 16;

    private readonly byte[] _key;

    /// <param name="key"><see cref="LengthBytes"/> random bytes.</param>
    public EncryptionKey(byte[] key)
    {
        if (key.Length != LengthBytes)
            throw new ArgumentException($"A key has {LengthBytes} bytes.", nameof(key));
        _key = key;
        Id = Convert.ToHexStringLower(HMACSHA256.HashData(key, "sluice key id"u8).AsSpan(0, 8));
    }

    /// <summary>Names the key without telling anything about it: 16 hexadecimal digits, derived from it.</summary>
    public string Id { get; }

    /// <summary>The purpose of the keys, so that a text of another one is no text of this.</summary>
    private static ReadOnlySpan<byte> Purpose => "sluice key ring"u8;

    /// <summary>Encrypts a text; returns nonce, tag and ciphertext.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> text)
    {
        var sealedText = new byte[NonceBytes + TagBytes + text.Length];
        var nonce = sealedText.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(
            nonce, text, sealedText.AsSpan(NonceBytes + TagBytes), sealedText.AsSpan(NonceBytes, TagBytes), Purpose);
        return sealedText;
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> returned.</summary>
    /// <exception cref="CryptographicException">It was encrypted with another key, or was changed.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedText)
    {
        if (sealedText.Length < NonceBytes + TagBytes)
            throw new CryptographicException("The text is too short to be an encrypted one.");
        var text = new byte[sealedText.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(
            sealedText[..NonceBytes], sealedText[(NonceBytes + TagBytes)..], sealedText[NonceBytes..][..TagBytes], text,
            Purpose);
        return text;
    }
}
