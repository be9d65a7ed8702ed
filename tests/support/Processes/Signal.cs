namespace Sluice.TestSupport.Processes;

/// <summary>The signals that tests send. The numbers are Linux's.</summary>
public enum Signal
{
    /// <summary>Ends a process at once, mid-instruction.</summary>
    Kill = 9,

    /// <summary>Asks a process to end.</summary>
    Terminate = 15,

    /// <summary>Resumes a stopped process.</summary>
    Continue = 18,

    /// <summary>Stops a process where it is.</summary>
    Stop = 19,
}
