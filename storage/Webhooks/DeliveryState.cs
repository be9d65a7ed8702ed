namespace Sluice.Storage.Webhooks;

/// <summary>What has become of a delivery. The numbers are stored.</summary>
public enum DeliveryState : byte
{
    /// <summary>It will be tried, or tried again.</summary>
    Waiting = 0,

    /// <summary>The receiver has taken it.</summary>
    Delivered = 1,

    /// <summary>It was tried as often as it may be.</summary>
    Dead = 2,

    /// <summary>The webhook was switched off or deleted before it went out.</summary>
    Cancelled = 3,
}
