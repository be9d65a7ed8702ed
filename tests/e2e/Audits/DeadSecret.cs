namespace Sluice.EndToEnd.Audits;

/// <summary>A secret that is no longer valid.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Since">The timestamp at which the call that revoked it had returned.</param>
internal readonly record struct DeadSecret(string Secret, long Since);
