using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Sluice.Api.KeyRing;

/// <summary>
/// Decrypts keys of the ring. Its name is stored with each of them, and the framework creates it by that name.
/// </summary>
internal sealed class KeyFileDecryptor(IServiceProvider services) : IXmlDecryptor
{
    private readonly KeyFile _keys = services.GetRequiredService<KeyFile>();

    public XElement Decrypt(XElement encryptedElement) => ProtectedXml.Decrypt(encryptedElement, _keys);
}
