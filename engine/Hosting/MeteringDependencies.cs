using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.Metering;
using Sluice.Engine.Rating;
using Sluice.Storage.Credentials;
using Sluice.Storage.Ledger;
using Sluice.Storage.Sessions;

namespace Sluice.Engine.Hosting;

/// <summary>What a metering node is made of.</summary>
public sealed record MeteringDependencies
{
    /// <summary>For queries.</summary>
    public required NpgsqlDataSource Source { get; init; }

    /// <summary>For the ledger writer alone: prepared statements, short time-outs.</summary>
    public required NpgsqlDataSource LedgerSource { get; init; }

    public required SessionStore Sessions { get; init; }

    public required CredentialStore Credentials { get; init; }

    public required LedgerPartitions Partitions { get; init; }

    public required RateBook Rates { get; init; }

    public required UsageEventPool Pool { get; init; }

    /// <summary>Makes the edge reachable for the authorities.</summary>
    public required IEdgeRegistry Registry { get; init; }

    public required NodeIdentity Node { get; init; }
}
