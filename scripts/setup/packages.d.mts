export declare function installPackages(root: string, say: (line: string) => void): boolean;
export declare function packagesMatch(root: string): boolean;
export declare function packagesWithScripts(root: string): string[];
