using Npgsql;

namespace Sluice.Storage.Control.Jobs;

/// <summary>Stores which node runs which job, and the result of the last run.</summary>
public sealed class JobRunStore(NpgsqlDataSource source)
{
    /// <summary>The first half of the lock numbers; the second is derived from the job's name.</summary>
    private const int LockSpace = 0x51_01CE;

    /// <summary>Maximum length of a stored error message.</summary>
    private const int MaxErrorLength = 500;

    /// <summary>
    /// Takes the lock of a job, held until it is disposed or its connection breaks; null while another node holds it.
    /// </summary>
    /// <exception cref="NpgsqlException">The store can't be reached.</exception>
    public async Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        try
        {
            var taken = await connection.FindAsync<bool>(
                "select pg_try_advisory_lock(@LockSpace, hashtext(@name))", new { LockSpace, name }, ct);
            if (taken)
                return new Lock(connection, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>
    /// Finds when the last run began, if it succeeded; null if it failed, was interrupted, or there was none.
    /// </summary>
    public async Task<DateTimeOffset?> FindDoneAsync(string name, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<DateTimeOffset?>(
            "select started_at from job_run where name = @name and ended_at is not null and error is null",
            new { name },
            ct);
    }

    /// <summary>Records the start of a run.</summary>
    public async Task BeginAsync(string name, string node, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await db.RunAsync(
            """
            insert into job_run (name, node, started_at, runs) values (@name, @node, @now, 1)
            on conflict (name) do update set node = excluded.node, started_at = excluded.started_at, ended_at = null,
              runs = job_run.runs + 1
            """,
            new { name, node, now },
            ct);
    }

    /// <summary>Records the end of a run: the number of items processed, or an error.</summary>
    public async Task EndAsync(string name, DateTimeOffset now, long done, string? error, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await db.RunAsync(
            """
            update job_run set ended_at = @now, error = @Error,
              succeeded_at = case when @Error::text is null then @now else succeeded_at end,
              done = case when @Error::text is null then @done else done end,
              failures = failures + case when @Error::text is null then 0 else 1 end
            where name = @name
            """,
            new { name, now, done, Error = error?[..Math.Min(error.Length, MaxErrorLength)] },
            ct);
    }

    /// <summary>Lists every job's last run, by name.</summary>
    public async Task<IReadOnlyList<JobRun>> ListAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<JobRun>(
            """
            select name, node, started_at as StartedAt, ended_at as EndedAt, succeeded_at as SucceededAt, error, done,
                   runs, failures
            from job_run order by name
            """,
            null,
            ct);
    }

    private sealed class Lock(NpgsqlConnection connection, string name) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await connection.RunAsync(
                    "select pg_advisory_unlock(@LockSpace, hashtext(@name))",
                    new { LockSpace, name },
                    CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // The lock ended with its connection.
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}
