namespace Sluice.Engine.Authorities;

/// <summary>What the authorities of a process have of the store, each for many of them at once.</summary>
/// <param name="Activations">Starts them.</param>
/// <param name="Leases">Writes what they decide.</param>
/// <param name="Holds">Reads the holds of settled sessions.</param>
public sealed record AuthorityStorage(ActivationQueue Activations, LeaseGroupCommit Leases, HoldReader Holds)
{
    /// <summary>Runs until <see cref="Complete"/>; each loop by itself, so that a caller can watch it.</summary>
    internal IReadOnlyList<Task> Run() => [Leases.RunAsync(), Holds.RunAsync(), Activations.RunAsync()];

    /// <summary>Accepts nothing more.</summary>
    internal void Complete()
    {
        Leases.Complete();
        Holds.Complete();
        Activations.Complete();
    }
}
