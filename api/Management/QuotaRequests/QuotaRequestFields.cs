namespace Sluice.Api.Management.QuotaRequests;

/// <summary>The rules of a quota request's fields.</summary>
internal static class QuotaRequestFields
{
    private static readonly Func<JsonDecimal?, Violation?> IsAmount =
        FieldRules.Amount(QuotaRequestResponse.Metric.Decimals);

    /// <summary>Checks the requested amount, which must be above 0.</summary>
    public static Violation? Amount(JsonDecimal? value) =>
        IsAmount(value) ?? (UnitsOf(value) == 0 ? new("not-more", "Must be above 0.") : null);

    /// <summary>Returns a valid amount in its smallest units; null without one.</summary>
    public static long? UnitsOf(JsonDecimal? value) => value?.ToUnits(QuotaRequestResponse.Metric.Decimals);
}
