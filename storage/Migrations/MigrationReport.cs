namespace Sluice.Storage.Migrations;

/// <summary>What a run of the migrations found and did.</summary>
/// <param name="Version">Number of the last migration that is now in force; 0 for an empty schema.</param>
/// <param name="Applied">The migrations that this run applied, in order; empty when there was nothing to do.</param>
public sealed record MigrationReport(int Version, IReadOnlyList<Migration> Applied);
