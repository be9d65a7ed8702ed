using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage.Keys;
using Sluice.Storage.Metrics;
using Sluice.Storage.Projects;
using Sluice.Storage.Tenants;

namespace Sluice.Storage.Control;

/// <summary>Registers the stores of the control plane.</summary>
public static class StorageServices
{
    /// <summary>Needs an <see cref="Npgsql.NpgsqlDataSource"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddControlStores(this IServiceCollection services)
    {
        InstantHandler.Register();
        return services
            .AddScoped<ControlTransaction>()
            .AddSingleton<ITenantStore, TenantStore>()
            .AddSingleton<IProjectStore, ProjectStore>()
            .AddSingleton<IKeyStore, KeyStore>()
            .AddSingleton<IMetricStore, MetricStore>();
    }
}
