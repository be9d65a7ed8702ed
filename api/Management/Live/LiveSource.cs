using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Sluice.Api.Management.Usage;
using Sluice.Engine.LiveState;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Live;

/// <summary>Reads the state of a tenant for its listeners.</summary>
internal sealed class LiveSource(TenantStore tenants, StateReader state, IOptions<JsonOptions> json)
{
    /// <summary>Returns the id and the JSON of every scope; null if the tenant is gone.</summary>
    public async Task<IReadOnlyList<(string ScopeId, byte[] Json)>?> ReadAsync(long tenantId, CancellationToken ct)
    {
        if (await tenants.FindAsync(tenantId, ct) is null)
            return null;
        var items = (await state.ReadAsync(tenantId, null, StateFilter.All, ct)).Items;
        var options = json.Value.SerializerOptions;
        return [.. items.Select(item => (item.ScopeId, JsonSerializer.SerializeToUtf8Bytes(item, options)))];
    }
}
