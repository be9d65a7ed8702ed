using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Sluice.TestSupport.Processes;

/// <summary>Signals to processes by id.</summary>
public static partial class Signals
{
    private const int NoSuchProcess = 3;

    /// <summary>Sends a signal; a process that is gone already is not an error.</summary>
    /// <exception cref="Win32Exception">The signal is not allowed.</exception>
    public static void Send(int process, Signal signal)
    {
        if (Kill(process, (int)signal) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Kill(int process, int signal);
}
