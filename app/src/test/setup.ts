import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, beforeAll } from 'vitest';
import { fetchFloating } from '@/components/ui/floating';

// A reader's browser has fetched menus and dialogs before he opens one.
beforeAll(fetchFloating);
afterEach(cleanup);
