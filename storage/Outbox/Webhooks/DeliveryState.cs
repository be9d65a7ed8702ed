namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>The state of a delivery. The numbers are stored.</summary>
public enum DeliveryState : byte
{
    /// <summary>Waiting for its first attempt or a retry.</summary>
    Waiting = 0,

    /// <summary>The receiver has accepted it.</summary>
    Delivered = 1,

    /// <summary>All attempts have failed.</summary>
    Dead = 2,

    /// <summary>The webhook was disabled or deleted before it was sent.</summary>
    Cancelled = 3,
}
