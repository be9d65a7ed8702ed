using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Sluice.Api.KeyRing;

/// <summary>Encrypts new keys of the ring with the first key of the file.</summary>
internal sealed class KeyFileEncryptor(KeyFile keys) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(ProtectedXml.Encrypt(plaintextElement, keys.First), typeof(KeyFileDecryptor));
}
