using Sluice.Engine.Nodes;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Sluice.Metering.Metrics;
using Sluice.TestSupport.Ledger;

namespace Sluice.Engine.Customers;

/// <summary>A tenant with a project and a key, as rows, and the key's secret.</summary>
internal sealed class Customer
{
    private readonly TestStore _store;

    private Customer(TestStore store, GeneratedApiKey key)
    {
        _store = store;
        KeyId = key.Parts.KeyId;
        Secret = key.Text;
    }

    public long TenantId { get; private init; } = IdText.NewValue();

    public long ProjectId { get; private init; } = IdText.NewValue();

    public long KeyId { get; }

    public string Secret { get; }

    public ScopeId Tenant => new(ScopeKind.Tenant, TenantId);

    public static async Task<Customer> CreateAsync(TestStore store, string zone = "UTC")
    {
        var customer = new Customer(store, ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue()));
        await store.ExecuteAsync(
            $"""
             insert into tenant values
               ({customer.TenantId}, 'T', 'b{customer.TenantId}', '{zone}', 'en', 'JPY', 0, now(), now());
             insert into project (id, tenant_id, name, is_default, created_at)
               values ({customer.ProjectId}, {customer.TenantId}, 'P', true, now());
             """);
        await customer.InsertKeyAsync();
        return customer;
    }

    /// <summary>Creates another key of the same project.</summary>
    public async Task<Customer> AnotherKeyAsync()
    {
        var other = new Customer(_store, ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue()))
        {
            TenantId = TenantId,
            ProjectId = ProjectId,
        };
        await other.InsertKeyAsync();
        return other;
    }

    /// <summary>Returns a key that has an id and a secret but no row.</summary>
    public static Customer Stranger(TestStore store) =>
        new(store, ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue()));

    public Task InsertKeyAsync() => _store.ExecuteAsync(
        $"""
         insert into api_key (id, tenant_id, kind, project_id, name, secret_hash, created_at)
         values ({KeyId}, {TenantId}, 1, {ProjectId}, 'k{KeyId}', sha256('{Secret}'), now())
         """);

    /// <summary>Replaces the key's secret; the old one is valid until an instant, if one is given.</summary>
    public async Task<string> RegenerateAsync(string? graceUntil = null)
    {
        var next = ApiKeyFormat.Generate(KeyKind.Project, KeyId).Text;
        var grace = graceUntil is null ? "null, null" : $"sha256('{Secret}'), '{graceUntil}'";
        await _store.ExecuteAsync(
            $"""
             update api_key set secret_hash = sha256('{next}'), (previous_hash, previous_until) = row({grace})
             where id = {KeyId}
             """);
        return next;
    }

    public Task DeleteKeyAsync() => _store.ExecuteAsync($"update api_key set deleted_at = now() where id = {KeyId}");

    /// <summary>Sets a monthly blocked limit on the tenant's tokens without notifying anyone.</summary>
    public Task LimitTokensAsync(long tokens) => _store.ExecuteAsync(
        $"""
         delete from usage_limit where tenant_id = {TenantId};
         insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
           values ({TenantId}, 0, {TenantId}, {MetricId.TextTokens.Value}, 0, 0, 2, {tokens}, now());
         insert into limit_version (scope_kind, scope_id, version) values (0, {TenantId}, 1)
           on conflict (scope_kind, scope_id) do update set version = limit_version.version + 1;
         """);

    /// <summary>Returns the tokens in the ledger: the actual usage.</summary>
    public Task<long> LedgerTokensAsync(int? month = null) => LedgerRows.ScalarAsync<long>(
        _store.ConnectionString,
        $"""
         select coalesce(sum(units[array_position(metrics, 3::smallint)]), 0)::bigint from ledger
         where tenant_id = {TenantId} and kind in (0, 1, 3) and ({month ?? 0} = 0 or month = {month ?? 0})
         """,
        CancellationToken.None);

    /// <summary>Returns the tokens of the tenant's accounts on disk.</summary>
    public Task<long> AccountTokensAsync(int month = 202607) => _store.ScalarAsync<long>(
        $"""
         select coalesce(sum(used), 0)::bigint from (
           select used + extra as used from usage_account
             where scope_kind = 0 and scope_id = {TenantId} and metric = 3 and period = {month}
           union all select used from settled_usage
             where scope_kind = 0 and scope_id = {TenantId} and metric = 3 and period = {month}
           union all select used from hold_line
             where scope_kind = 0 and scope_id = {TenantId} and metric = 3 and period = {month}) u
         """);
}
