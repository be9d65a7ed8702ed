namespace Sluice.TestSupport.Postgres;

/// <summary>Where the files of a test's PostgreSQL are.</summary>
public enum PostgresFiles
{
    /// <summary>On disk, as in production.</summary>
    OnDisk,

    /// <summary>
    /// In <c>/dev/shm</c> if that has room, else on disk. Killed servers and nodes lose no more there than on disk:
    /// only the power supply could tell the difference. What takes minutes on some disks, such as deleting the files
    /// of a hundred databases from one that discards each block, takes a moment.
    /// </summary>
    InMemoryIfRoomy,
}
