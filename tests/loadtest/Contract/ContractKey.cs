namespace Sluice.LoadTest.Tests.Contract;

/// <summary>A project key: its usage counts in itself, its project and its tenant.</summary>
internal sealed record ContractKey(string Id, string Name, string Secret, string ProjectId, string TenantId)
{
    public IEnumerable<string> Scopes => [Id, ProjectId, TenantId];
}
