namespace Sluice.Storage.Ledger.Ids;

/// <summary>An id of an event that looks like one that was made here, and was sent by a caller.</summary>
/// <param name="KeyId">The API key.</param>
/// <param name="Id">The id.</param>
public sealed record OwnIdOfCaller(long KeyId, Guid Id);
