namespace Sluice.Storage.Migrations;

/// <summary>A row of <c>schema_migration</c>.</summary>
internal sealed record AppliedMigration(int Number, string Name, string Checksum)
{
    public override string ToString() => $"{Number:D4}_{Name}";
}
