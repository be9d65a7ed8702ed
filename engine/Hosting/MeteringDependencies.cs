using System.Diagnostics.Metrics;
using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Rating;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Engine.Hosting;

/// <summary>The dependencies of a metering node.</summary>
public sealed record MeteringDependencies
{
    /// <summary>The data source for queries.</summary>
    public required NpgsqlDataSource Source { get; init; }

    /// <summary>The data source for the ledger writer alone: prepared statements, short timeouts.</summary>
    public required NpgsqlDataSource LedgerSource { get; init; }

    public required SessionStore Sessions { get; init; }

    public required CredentialStore Credentials { get; init; }

    /// <summary>Looks up keys that this process has not used yet.</summary>
    public required KeyLookups Lookups { get; init; }

    public required LedgerPartitions Partitions { get; init; }

    public required RateBook Rates { get; init; }

    public required UsageEventPool Pool { get; init; }

    /// <summary>The edges of all nodes.</summary>
    public required IEdgeDirectory Edges { get; init; }

    /// <summary>Makes the edge reachable for the authorities.</summary>
    public required IEdgeRegistry Registry { get; init; }

    public required NodeIdentity Node { get; init; }

    public required IMeterFactory Meters { get; init; }
}
