namespace Sluice.Api.Management.Live;

/// <summary>The bounds of live streams.</summary>
internal static class LiveBounds
{
    /// <summary>The most listeners of a node at a time.</summary>
    public const int NodeMax = 200;

    /// <summary>The most listeners of a tenant on a node at a time.</summary>
    public const int TenantMax = 50;

    /// <summary>Polls in a row that may fail before the streams of a tenant end.</summary>
    public const int FailuresMax = 5;

    /// <summary>The time between two polls, and so between two changes.</summary>
    public static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>The longest time that a poll may take.</summary>
    public static readonly TimeSpan PollMax = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often it is checked that a listener may still listen. With the longest check and the second until a listener
    /// is woken, a stream ends at most 10 s after its credential.
    /// </summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(5);

    /// <summary>The longest time that such a check may take.</summary>
    public static readonly TimeSpan CheckMax = TimeSpan.FromSeconds(3);

    /// <summary>The longest silence of a stream: proxies close connections on which nothing is sent.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);
}
