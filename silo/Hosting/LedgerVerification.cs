using System.Globalization;
using Npgsql;
using Sluice.Api.Hosting;
using Sluice.Api.Settings;
using Sluice.Silo.Cluster;
using Sluice.Storage.Ledger.Blocks;

namespace Sluice.Silo.Hosting;

/// <summary>The command that checks whether the ledger is what was written, while nodes run or not.</summary>
internal static class LedgerVerification
{
    private const int Broken = 1;
    private const long ProgressEveryBlocks = 100_000;

    /// <summary>Walks along the chains of all blocks and prints the first break, or that there is none.</summary>
    /// <returns>0 if everything is as it was written, 1 otherwise.</returns>
    /// <exception cref="NodeDatabaseException">The database can't be reached, or refuses a statement.</exception>
    public static async Task<int> RunAsync(SluiceOptions options, CancellationToken ct)
    {
        ChainReport report;
        try
        {
            await using var source = NodeServices.CreateDataSource(options);
            report = await new ChainVerifier(source).VerifyAsync(new Progress(), ct);
        }
        catch (NpgsqlException failure)
        {
            throw NodeDatabaseException.Of("SLUICE_POSTGRES", failure);
        }

        if (report.Break is { } found)
        {
            await Console.Error.WriteLineAsync($"The ledger is not what was written. The first break: {found}");
            return Broken;
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"The ledger is as it was written: {report.Blocks:N0} blocks with {report.Events:N0} events of "
            + $"{report.Sessions:N0} sessions; none is altered, missing or there twice."));
        return 0;
    }

    /// <summary>Tells how far the walk has come.</summary>
    private sealed class Progress : IProgress<long>
    {
        private long _told;

        public void Report(long value)
        {
            if (value - _told < ProgressEveryBlocks)
                return;
            _told = value;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value:N0} blocks are verified"));
        }
    }
}
