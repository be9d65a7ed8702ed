namespace Sluice.Api.Management.DefaultQuotas;

/// <summary>
/// The monthly amount that new tenants start with, by the ISO 4217 code of their currency. A currency that is missing
/// or null has none: its tenants start unlimited.
/// </summary>
internal sealed class DefaultQuotaAmounts : Dictionary<string, JsonDecimal?>
{
    public static DefaultQuotaAmounts Of(IEnumerable<KeyValuePair<string, long>> quotas)
    {
        var amounts = new DefaultQuotaAmounts();
        foreach (var (currency, units) in quotas)
            amounts.Add(currency, JsonDecimal.Of(units, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals));
        return amounts;
    }
}
