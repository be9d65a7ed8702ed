namespace Sluice.LoadTest.Checks;

/// <summary>Tokens that one tenant must have used, in all, by project id and by key id.</summary>
internal sealed record TenantExpectation(
    string TenantId,
    long Total,
    IReadOnlyDictionary<string, long> Projects,
    IReadOnlyDictionary<string, long> Keys);
