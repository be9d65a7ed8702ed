namespace Sluice.Storage.Audit;

/// <summary>What was done to what; who, from where and when come from the transaction.</summary>
/// <param name="Action">The field's words, thing first: <c>project.created</c>.</param>
/// <param name="TenantId">The tenant concerned; null for what belongs to the operator alone.</param>
/// <param name="Target">The id, as the API shows it, or the name of what was changed.</param>
/// <param name="Before">What changed, as it was; null where it is new. Never a secret nor a hash.</param>
/// <param name="After">What changed, as it is now; null where it is gone.</param>
public sealed record AuditEntry(string Action, long? TenantId, string Target, object? Before, object? After);
