namespace Sluice.Client;

/// <summary>How a client behaves when it is not answered.</summary>
public sealed record SluiceClientOptions
{
    /// <summary>How often a request is sent at most, the first time included; 1 to never repeat.</summary>
    public int AttemptsMax { get; init; } = 3;

    /// <summary>The longest pause before a repeat, whatever <c>Retry-After</c> says.</summary>
    public TimeSpan PauseMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of pauses.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
