namespace Sluice.Api.Management.Live;

/// <summary>The state of one scope.</summary>
/// <param name="ScopeId">The id of the scope.</param>
/// <param name="Json">The state as it is sent; made once for all listeners.</param>
/// <param name="Version">The version of the snapshot in which it became so.</param>
internal sealed record LiveItem(string ScopeId, byte[] Json, long Version);
