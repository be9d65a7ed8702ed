namespace Sluice.Simulation.Storage;

/// <summary>A transaction under way.</summary>
internal sealed class StoreWork
{
    /// <summary>Committed, rolled back or lost; nothing more comes of it.</summary>
    public bool Ended { get; private set; }

    /// <summary>Told to whoever watches from outside, once, with whether it committed.</summary>
    public Action<bool>? OnEnd { get; set; }

    public void End(bool applied)
    {
        if (Ended)
            return;
        Ended = true;
        OnEnd?.Invoke(applied);
    }
}
