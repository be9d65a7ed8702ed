using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Sluice.Api.KeyRing;

/// <summary>Registers ASP.NET Core's data protection with the ring in the database.</summary>
internal static class KeyRingServices
{
    /// <summary>
    /// Adds data protection. Requires an <see cref="NpgsqlDataSource"/> and the <see cref="KeyFile"/> of
    /// <see cref="KeyRingStart"/>.
    /// </summary>
    public static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("sluice");
        return services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(static provider =>
            new ConfigureOptions<KeyManagementOptions>(ring =>
            {
                var keys = provider.GetRequiredService<KeyFile>();
                ring.XmlRepository = new StoredKeys(provider.GetRequiredService<NpgsqlDataSource>(), keys);
                ring.XmlEncryptor = new KeyFileEncryptor(keys);
            }));
    }
}
