namespace Sluice.Storage.Quota;

/// <summary>What became of a request. The numbers are stored.</summary>
public enum QuotaRequestState : short
{
    /// <summary>Nobody has decided yet.</summary>
    Open = 0,

    Approved = 1,

    Denied = 2,
}
