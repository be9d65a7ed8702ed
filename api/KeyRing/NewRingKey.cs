using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Sluice.Api.KeyRing;

/// <summary>Creates a key of the ring as the framework does, without storing it.</summary>
internal sealed class NewRingKey : IXmlRepository
{
    private XElement? _made;

    private NewRingKey()
    {
    }

    /// <summary>Creates a key that is in use from now on.</summary>
    public static XElement Make(KeyFile keys, DateTimeOffset now)
    {
        var repository = new NewRingKey();
        var services = new ServiceCollection();
        services.AddSingleton(keys);
        services.AddLogging();
        services.AddDataProtection();
        services.Configure<KeyManagementOptions>(options =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = new KeyFileEncryptor(keys);
        });
        using var provider = services.BuildServiceProvider();
        var lifetime = provider.GetRequiredService<IOptions<KeyManagementOptions>>().Value.NewKeyLifetime;
        provider.GetRequiredService<IKeyManager>().CreateNewKey(now, now + lifetime);
        return repository._made!;
    }

    public IReadOnlyCollection<XElement> GetAllElements() => [];

    public void StoreElement(XElement element, string friendlyName) => _made = element;
}
