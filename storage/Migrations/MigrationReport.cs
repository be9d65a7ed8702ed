namespace Sluice.Storage.Migrations;

/// <summary>The result of a run of the migrations.</summary>
/// <param name="Version">Number of the last applied migration; 0 for an empty schema.</param>
/// <param name="Applied">The migrations that this run applied, in order; empty if there was nothing to do.</param>
public sealed record MigrationReport(int Version, IReadOnlyList<Migration> Applied);
