namespace Sluice.Simulation.Storage;

/// <summary>A transaction under way.</summary>
internal sealed class StoreWork
{
    /// <summary>Whether it was committed, rolled back or lost; nothing more comes of it.</summary>
    public bool Ended { get; private set; }

    /// <summary>Called once for an outside observer, with whether it committed.</summary>
    public Action<bool>? OnEnd { get; set; }

    public void End(bool applied)
    {
        if (Ended)
            return;
        Ended = true;
        OnEnd?.Invoke(applied);
    }
}
