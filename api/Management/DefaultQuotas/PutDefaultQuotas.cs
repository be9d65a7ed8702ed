using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.DefaultQuotas;

/// <summary><c>PUT /api/v1/default-quotas</c></summary>
internal sealed class PutDefaultQuotas(UnitOfWork work, DefaultQuotaStore quotas)
    : ManagementEndpoint<DefaultQuotaAmounts>
{
    public override void Configure()
    {
        Put("/default-quotas");
        Group<DefaultQuotasEndpoints>();
        Requires(Permission.SetQuota);
        Transactional();
        Describe("Replace the quotas that new tenants start with; tenants that exist keep theirs");
        Returns<DefaultQuotaAmounts>();
    }

    public override async Task<ApiResult> ExecuteAsync(DefaultQuotaAmounts request, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var wanted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (currency, amount) in request)
        {
            rules.Check(currency, currency, FieldRules.Currency);
            if (rules.Units(currency, amount, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals) is { } units)
                wanted.Add(currency, units);
        }

        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        await quotas.PutAsync(work, wanted, ct);
        return ApiResult.Ok(DefaultQuotaAmounts.Of(wanted));
    }
}
