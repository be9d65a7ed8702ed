using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Sluice.Api.KeyRing;

/// <summary>
/// The secrets inside the elements of ASP.NET Core's key ring. The framework marks what is to be encrypted with an
/// attribute, and puts what was encrypted into an element that names its decryptor.
/// </summary>
internal static class ProtectedXml
{
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection";

    private static readonly XName EncryptedSecret = Framework + "encryptedSecret";

    private static readonly XName RequiresEncryption = Framework + "requiresEncryption";

    /// <summary>The element that holds an encrypted secret, and its attribute with the id of the key.</summary>
    private static readonly XName Secret = "aesGcm", KeyId = "key";

    /// <summary>
    /// The decryptor as it is stored: without the version of this program, which an earlier or later one hasn't.
    /// </summary>
    private static readonly string Decryptor =
        $"{typeof(KeyFileDecryptor).FullName}, {typeof(KeyFileDecryptor).Assembly.GetName().Name}";

    /// <summary>Returns the ids of the keys that encrypt the secrets of an element.</summary>
    public static IEnumerable<string> KeyIds(XElement element) =>
        element.DescendantsAndSelf(Secret).Select(static secret => secret.Attribute(KeyId)?.Value ?? "");

    /// <summary>Checks whether an element has a secret in the clear.</summary>
    public static bool HasPlainSecret(XElement element) => PlainSecrets(element).Any();

    /// <summary>Encrypts an element as a whole.</summary>
    public static XElement Encrypt(XElement plain, EncryptionKey key) => new(
        Secret,
        new XAttribute(KeyId, key.Id),
        Convert.ToBase64String(key.Encrypt(Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting)))));

    /// <summary>Decrypts what <see cref="Encrypt"/> returned.</summary>
    /// <exception cref="CryptographicException">The key is not in the file, or the element was changed.</exception>
    public static XElement Decrypt(XElement secret, KeyFile keys)
    {
        var id = secret.Attribute(KeyId)?.Value ?? "";
        var key = keys.Find(id)
            ?? throw new CryptographicException($"No key of SLUICE_KEY_FILE ({keys.Path}) has the id '{id}'.");
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(key.Decrypt(Convert.FromBase64String(secret.Value))));
        }
        catch (FormatException damaged)
        {
            throw new CryptographicException("The encrypted key is no Base64.", damaged);
        }
    }

    /// <summary>
    /// Returns an element of the ring with its secrets encrypted by the first key of a file, whether they were in the
    /// clear or encrypted by any key of it.
    /// </summary>
    /// <exception cref="CryptographicException">A secret can't be decrypted.</exception>
    public static XElement Protect(XElement element, KeyFile keys)
    {
        var copy = new XElement(element);
        foreach (var secret in copy.Descendants(Secret).ToList())
            secret.ReplaceWith(Encrypt(Decrypt(secret, keys), keys.First));
        foreach (var plain in PlainSecrets(copy).ToList())
            plain.ReplaceWith(new XElement(EncryptedSecret, Encrypt(plain, keys.First)));
        foreach (var wrapped in copy.Descendants(EncryptedSecret))
            wrapped.SetAttributeValue("decryptorType", Decryptor);
        return copy;
    }

    private static IEnumerable<XElement> PlainSecrets(XElement element) => element.DescendantsAndSelf()
        .Where(static e => (bool?)e.Attribute(RequiresEncryption) == true);
}
