using Sluice.TestPostgres;

namespace Sluice.Bench.Contenders;

/// <summary>A cluster of one contender's own.</summary>
internal static class PrivatePostgres
{
    /// <exception cref="ContenderUnavailableException">PostgreSQL is not installed.</exception>
    public static async Task<PostgresCluster> StartAsync()
    {
        try
        {
            return await PostgresCluster.StartAsync();
        }
        catch (FileNotFoundException missing)
        {
            throw new ContenderUnavailableException(missing.Message, missing);
        }
    }
}
