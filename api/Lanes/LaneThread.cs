using System.Runtime.InteropServices;

namespace Sluice.Api.Lanes;

/// <summary>Threads for work that may wait: where cores are short, the system prefers the others.</summary>
internal static partial class LaneThread
{
    private const int WhichProcess = 0;
    private const int ThisThread = 0;

    /// <summary>Starts a background thread of a lane.</summary>
    /// <param name="name">The name, which debuggers and <c>top -H</c> show.</param>
    /// <param name="niceness">0, as every other thread, to 19, which gets what others leave.</param>
    /// <param name="run">The thread's work.</param>
    public static void Start(string name, int niceness, Action run)
    {
        var thread = new Thread(() =>
        {
            // Managed priorities do nothing on Linux. If the system refuses, the lane still bounds what runs at once.
            // Where the whole process is nicer already, the lane is not to come before the rest of it.
            if (OperatingSystem.IsLinux() && GetPriority(WhichProcess, ThisThread) < niceness)
                _ = SetPriority(WhichProcess, ThisThread, niceness);
            run();
        })
        {
            Name = name,
            IsBackground = true,
        };
        thread.Start();
    }

    [LibraryImport("libc", EntryPoint = "getpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int GetPriority(int which, int who);

    /// <summary>On Linux the number 0 means the calling thread, and niceness belongs to threads.</summary>
    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int SetPriority(int which, int who, int niceness);
}
