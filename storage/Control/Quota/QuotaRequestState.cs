namespace Sluice.Storage.Control.Quota;

/// <summary>The state of a request. The numbers are stored.</summary>
public enum QuotaRequestState : short
{
    /// <summary>The request is not decided yet.</summary>
    Open = 0,

    Approved = 1,

    Denied = 2,
}
