using System.Security.Cryptography;
using System.Text;

namespace Sluice.Api.Actions;

/// <summary>
/// Encrypts a stored response, because it may hold a secret that is kept nowhere else: an API key, a one-time password.
/// The encryption key is derived from the caller's credential and idempotency key; the database has hashes of at most
/// one of them, so only a caller who sends both again can read the response again.
/// </summary>
internal sealed class ResponseCipher : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher;

    public ResponseCipher(string credential, string idempotencyKey)
    {
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(credential),
            outputLength: 32,
            salt: SHA256.HashData(Encoding.UTF8.GetBytes(idempotencyKey)),
            info: "sluice remembered answer"u8.ToArray());
        _cipher = new(key, TagBytes);
    }

    public byte[] Close(byte[] body)
    {
        var sealedBody = new byte[NonceBytes + TagBytes + body.Length];
        var nonce = sealedBody.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        _cipher.Encrypt(
            nonce, body, sealedBody.AsSpan(NonceBytes + TagBytes), sealedBody.AsSpan(NonceBytes, TagBytes));
        return sealedBody;
    }

    /// <summary>Decrypts a response; returns false if it was encrypted for another credential or key.</summary>
    public bool TryOpen(byte[] sealedBody, out byte[] body)
    {
        body = new byte[sealedBody.Length - NonceBytes - TagBytes];
        try
        {
            _cipher.Decrypt(
                sealedBody.AsSpan(0, NonceBytes),
                sealedBody.AsSpan(NonceBytes + TagBytes),
                sealedBody.AsSpan(NonceBytes, TagBytes),
                body);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher.Dispose();
}
