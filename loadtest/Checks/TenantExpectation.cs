namespace Sluice.LoadTest.Checks;

/// <summary>The tokens that one tenant is expected to have used: in total, by project id and by key id.</summary>
internal sealed record TenantExpectation(
    string TenantId,
    long Total,
    IReadOnlyDictionary<string, long> Projects,
    IReadOnlyDictionary<string, long> Keys);
